"""As much of matplotlib.pyplot as a program needs that draws a line."""

figures = {}


class Text:
    def __init__(self, text):
        self.text = text

    def get_text(self):
        return self.text


class Axis:
    def __init__(self, scale):
        self.scale = scale

    def get_scale(self):
        return self.scale

    def get_ticklocs(self):
        return [0, 1.5]

    def get_ticklabels(self):
        return [Text("nought"), Text("more")]


class Line:
    def __init__(self, pairs, label):
        self.pairs = pairs
        self.label = label

    def get_transform(self):
        return "data"

    def get_xydata(self):
        return self.pairs

    def get_label(self):
        return self.label


class Axes:
    transData = "data"

    def __init__(self):
        self.xaxis = Axis("linear")
        self.yaxis = Axis("log")
        self.lines, self.patches, self.containers, self.collections = [], [], [], []

    def get_label(self):
        return ""

    def get_title(self):
        return "Growth"

    def get_xlabel(self):
        return "time"

    def get_ylabel(self):
        return "size"


class Figure:
    def __init__(self):
        self.axes = [Axes()]

    def savefig(self, file, **options):
        file.write(b"picture of %d lines" % len(self.axes[0].lines))


def figure(number=1):
    return figures.setdefault(number, Figure())


def get_fignums():
    return sorted(figures)


def plot(xs, ys, label=""):
    figure().axes[0].lines.append(Line(list(zip(xs, ys)), label))


def show():
    raise RuntimeError("there is no screen")
