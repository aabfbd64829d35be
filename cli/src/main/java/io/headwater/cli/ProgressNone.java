package io.headwater.cli;

/** For those who want none. */
final class ProgressNone implements Progress {
    @Override
    public void at(long done, long count) {}

    @Override
    public void close() {}
}
