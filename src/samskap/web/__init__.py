"""The shared face: base templates, components, assets, the ground for actions and jobs. It knows no module."""
