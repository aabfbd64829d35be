package io.headwater.cli;

/** Shows nothing. */
final class ProgressNone implements ProgressDisplay {
    @Override
    public void at(long done, long count) {}

    @Override
    public void close() {}
}
