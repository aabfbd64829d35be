package io.headwater.benchmarks;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** One figure of each round, in the order of the rounds. */
record Samples(List<Double> values) {
    Samples {
        values = List.copyOf(values);
    }

    double median() {
        double[] sorted = stream().sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest value that is at least as large as this percentage of all values. */
    double percentile(int percent) {
        double[] sorted = stream().sorted().toArray();
        return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }

    double min() {
        return stream().min().orElseThrow();
    }

    double max() {
        return stream().max().orElseThrow();
    }

    /** The ratio of each round: a disturbance of a whole round changes both figures, and hardly their ratio. */
    Samples over(Samples others) {
        return new Samples(IntStream.range(0, values.size())
                .mapToObj(round -> ratio(values.get(round), others.values.get(round)))
                .toList());
    }

    /** The difference of each pair of values. */
    Samples minus(Samples others) {
        return new Samples(IntStream.range(0, values.size())
                .mapToObj(i -> values.get(i) - others.values.get(i))
                .toList());
    }

    /** Can be 0 after a very short measurement. */
    private static double ratio(double figure, double baseline) {
        return baseline == 0 ? 0 : figure / baseline;
    }

    private DoubleStream stream() {
        return values.stream().mapToDouble(Double::doubleValue);
    }
}
