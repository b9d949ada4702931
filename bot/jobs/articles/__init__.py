"""Articles: texts are filed, put into their stories, told, understood anew and set right."""
