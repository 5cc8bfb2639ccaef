"""Functions of this package travel to the executors by value, so that it is installed on the driver alone."""


def by_value():
    import sys

    from pyspark import cloudpickle

    for name in ("passes", "worker"):
        cloudpickle.register_pickle_by_value(sys.modules[f"{__package__}.{name}"])
