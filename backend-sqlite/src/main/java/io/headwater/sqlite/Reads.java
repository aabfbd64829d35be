package io.headwater.sqlite;

/** Runs reads on connections to the file. Thread-safe; blocks while all connections are in use. */
interface Reads {
    <T> T read(Session.Work<T> work);
}
