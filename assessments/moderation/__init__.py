"""What people ask moderators to look at. What a moderator decides is a Review, on the floor below."""
