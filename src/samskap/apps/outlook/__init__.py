"""What comes in 25 years: people, need, posts, kroner, and the room for manoeuvre."""
