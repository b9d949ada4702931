"""What HTTP needs beside a client: safe connections, unpacking, headers, manners, robots.txt."""
