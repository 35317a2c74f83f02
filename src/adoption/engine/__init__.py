"""A papermill engine: a warmed template process forks one child a notebook.

Starting a kernel and importing pandas and plotly takes seconds; a fork of a process that
has both takes milliseconds. The template imports the suite's libraries once and then does
nothing but fork. Each notebook runs in a child of its own, in the same kernel that
JupyterLab would start, so its outputs are those of the stock engine; what it does to the
working folder, the environment, random states or options ends with it.

Papermill finds the engine by its entry point: `papermill --engine adoption in.ipynb out.ipynb`.
"""
