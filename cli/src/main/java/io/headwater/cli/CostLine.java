package io.headwater.cli;

/**
 * What is done in a day, and what it consumes.
 *
 * @param number how often
 * @param each the units each time
 * @param writes whether these are write units
 */
record CostLine(String what, long number, double each, boolean writes) {
    static CostLine ofWrites(String what, long number, double each) {
        return new CostLine(what, number, each, true);
    }

    static CostLine ofReads(String what, long number, double each) {
        return new CostLine(what, number, each, false);
    }

    double units() {
        return (double) number * each;
    }
}
