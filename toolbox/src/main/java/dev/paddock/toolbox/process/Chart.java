package dev.paddock.toolbox.process;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A figure that code has shown.
 *
 * @param type line, scatter, bar, pie, box_and_whisker, composite_chart or unknown
 * @param png the picture in base64
 */
public record Chart(
    Optional<String> type,
    Optional<String> title,
    Optional<String> png,
    @JsonProperty("x_label") Optional<String> xLabel,
    @JsonProperty("y_label") Optional<String> yLabel,
    @JsonProperty("x_scale") Optional<String> xScale,
    @JsonProperty("y_scale") Optional<String> yScale,
    @JsonProperty("x_ticks") Optional<List<Double>> xTicks,
    @JsonProperty("y_ticks") Optional<List<Double>> yTicks,
    @JsonProperty("x_tick_labels") Optional<List<String>> xTickLabels,
    @JsonProperty("y_tick_labels") Optional<List<String>> yTickLabels,
    Optional<List<ChartElement>> elements) {}
