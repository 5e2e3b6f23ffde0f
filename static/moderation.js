// What the pages of moderators can do better with script. Every page works without it.
