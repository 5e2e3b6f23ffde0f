"""The public pages, a module for each subject. They set no cookies and keep no trace of who looked."""
