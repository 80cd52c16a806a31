package dev.paddock.toolbox.process;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A part of a figure: a line, a cloud of points, a bar, a piece of a pie, a box, or in a composite
 * chart a chart.
 *
 * @param points pairs of x and y
 * @param value how long a bar is, in decimal
 * @param angle of a piece of a pie, in degrees
 * @param elements of a chart within a composite chart
 */
public record ChartElement(
    Optional<String> type,
    Optional<String> title,
    Optional<String> png,
    @JsonProperty("x_label") Optional<String> xLabel,
    @JsonProperty("y_label") Optional<String> yLabel,
    Optional<String> label,
    Optional<String> group,
    Optional<String> value,
    Optional<List<List<Double>>> points,
    Optional<Double> angle,
    Optional<Double> radius,
    Optional<Double> min,
    @JsonProperty("first_quartile") Optional<Double> firstQuartile,
    Optional<Double> median,
    @JsonProperty("third_quartile") Optional<Double> thirdQuartile,
    Optional<Double> max,
    Optional<List<Double>> outliers,
    Optional<List<ChartElement>> elements) {}
