"""Pure computation: frozen input in, frozen result and explanation out. Each folder is an island."""
