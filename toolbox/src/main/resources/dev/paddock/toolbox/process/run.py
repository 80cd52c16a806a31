# Runs a program that arrives on standard input as if python3 had read it from there, and tells of the
# figures that it shows. Runs inside the sandbox, so nothing of it is trusted.
import sys


def prepare(program):
    import linecache

    lines = program.splitlines(True)
    linecache.cache["<stdin>"] = (len(program), None, lines, "<stdin>")
    sys.argv[0] = "-"
    sys.meta_path.insert(0, FigureFinder())
    sys.excepthook = show_exception


def show_exception(kind, error, trace):
    import traceback

    # The first frames are of what runs the program.
    own = trace
    while own is not None and own.tb_frame.f_code.co_filename == "<string>":
        own = own.tb_next
    traceback.print_exception(kind, error, own)


class FigureFinder:
    """Takes over `show` when matplotlib.pyplot is imported, once and wherever that happens."""

    def find_spec(self, name, path=None, target=None):
        if name != "matplotlib.pyplot":
            return None
        import importlib.util
        import os

        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            os.environ.setdefault("MPLBACKEND", "Agg")
            spec.loader = FigureLoader(spec.loader)
        return spec


class FigureLoader:
    def __init__(self, loader):
        self.loader = loader

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        figures = Figures(module)

        # matplotlib gives it attributes, which a method does not take.
        def show(*args, **kwargs):
            figures.show()

        module.show = show

    def __getattr__(self, name):
        return getattr(self.loader, name)


class Figures:
    MARKER = "dtn_artifact_k39fd2:"
    MOST_PNG = 4 << 20
    MOST_POINTS = 50_000

    def __init__(self, pyplot):
        import weakref

        self.pyplot = pyplot
        self.told = weakref.WeakKeyDictionary()
        self.boxes = weakref.WeakKeyDictionary()
        self.watch_boxes()

    def watch_boxes(self):
        # A finished box plot is lines without a trace of the numbers behind them.
        axes = getattr(self.pyplot, "Axes", None)
        original = getattr(axes, "bxp", None)
        if original is None:
            return
        boxes = self.boxes

        def bxp(self, bxpstats, *args, **kwargs):
            bxpstats = list(bxpstats)
            drawn = original(self, bxpstats, *args, **kwargs)
            boxes.setdefault(self, []).extend(bxpstats)
            return drawn

        axes.bxp = bxp

    def show(self):
        for number in self.pyplot.get_fignums():
            self.tell(self.pyplot.figure(number))

    def tell(self, figure):
        import base64
        import json

        png = self.png(figure)
        if self.told.get(figure) == png:
            return
        self.told[figure] = png
        chart = self.chart(figure)
        if len(png) <= self.MOST_PNG:
            chart["png"] = base64.b64encode(png).decode()
        text = json.dumps({"type": "chart", "value": chart}, allow_nan=False)
        sys.stdout.flush()
        sys.__stdout__.write(self.MARKER + text + "\n")
        sys.__stdout__.flush()

    @staticmethod
    def png(figure):
        import io

        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", bbox_inches="tight")
        return buffer.getvalue()

    def chart(self, figure):
        drawn = [self.axes(one) for one in figure.axes if one.get_label() != "<colorbar>"]
        if len(drawn) == 1:
            return drawn[0]
        if not drawn:
            return {"type": "unknown", "title": "", "elements": []}
        title = getattr(figure, "_suptitle", None)
        return {
            "type": "composite_chart",
            "title": title.get_text() if title else "",
            "elements": drawn,
        }

    def axes(self, axes):
        chart = {
            "type": "unknown",
            "title": axes.get_title(),
            "x_label": axes.get_xlabel(),
            "y_label": axes.get_ylabel(),
            "elements": [],
        }
        kinds = (
            ("box_and_whisker", self.box_elements),
            ("pie", self.pie_elements),
            ("bar", self.bar_elements),
            ("scatter", self.scatter_elements),
            ("line", self.line_elements),
        )
        for kind, elements_of in kinds:
            elements = elements_of(axes)
            if elements:
                chart.update(type=kind, elements=elements)
                break
        if chart["type"] in ("line", "scatter"):
            chart.update(self.scales(axes))
        return chart

    def box_elements(self, axes):
        names = {"min": "whislo", "first_quartile": "q1", "median": "med"}
        names.update({"third_quartile": "q3", "max": "whishi"})
        elements = []
        for place, box in enumerate(self.boxes.get(axes, ()), 1):
            element = {name: float(box[key]) for name, key in names.items()}
            element["label"] = str(box.get("label") or place)
            element["outliers"] = self.numbers(box.get("fliers", ()))
            elements.append(element)
        return elements

    def pie_elements(self, axes):
        wedges = [one for one in axes.patches if type(one).__name__ == "Wedge"]
        return [
            {
                "label": self.label(wedge),
                "angle": float(abs(wedge.theta2 - wedge.theta1)),
                "radius": float(wedge.r),
            }
            for wedge in wedges
        ]

    def bar_elements(self, axes):
        elements = []
        for group in axes.containers:
            if type(group).__name__ != "BarContainer":
                continue
            upright = getattr(group, "orientation", "vertical") != "horizontal"
            names = self.names(axes.xaxis if upright else axes.yaxis)
            for bar in group:
                place = bar.get_x() + bar.get_width() / 2
                value = bar.get_height()
                if not upright:
                    place = bar.get_y() + bar.get_height() / 2
                    value = bar.get_width()
                # Of several groups, none stands exactly where the name does.
                nearest = min(names, key=lambda named: abs(named - place), default=None)
                label = names.get(nearest) or f"{float(place):g}"
                value = f"{float(value):g}" if value == value else ""
                elements.append({"label": label, "group": self.label(group), "value": value})
        return elements[: self.MOST_POINTS]

    def scatter_elements(self, axes):
        clouds = [one for one in axes.collections if type(one).__name__ == "PathCollection"]
        return [
            {"label": self.label(cloud), "points": self.points(cloud.get_offsets())}
            for cloud in clouds
        ]

    def line_elements(self, axes):
        # Lines across all the axes are no data.
        lines = [one for one in axes.lines if one.get_transform() == axes.transData]
        return [
            {"label": self.label(line), "points": self.points(line.get_xydata())} for line in lines
        ]

    def scales(self, axes):
        found = {}
        for name, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
            found[name + "_scale"] = str(axis.get_scale())
            found[name + "_ticks"] = self.numbers(axis.get_ticklocs())
            found[name + "_tick_labels"] = [one.get_text() for one in axis.get_ticklabels()]
        return found

    @staticmethod
    def names(axis):
        """What stands at places that were chosen, rather than found to fit a scale."""
        if type(axis.get_major_locator()).__name__ not in ("FixedLocator", "StrCategoryLocator"):
            return {}
        places = map(float, axis.get_ticklocs())
        return dict(zip(places, (one.get_text() for one in axis.get_ticklabels())))

    @staticmethod
    def label(artist):
        text = str(artist.get_label())
        # What nobody named begins so.
        return "" if text.startswith("_") else text

    def points(self, pairs):
        points = []
        for pair in list(pairs)[: self.MOST_POINTS]:
            point = self.numbers(pair)
            if len(point) == 2:
                points.append(point)
        return points

    @staticmethod
    def numbers(values):
        import math

        return [number for number in map(float, values) if math.isfinite(number)]
