package io.headwater.sqlite;

import io.headwater.jdbc.SqlCalls;

/** Runs reads on connections to the file. Thread-safe; blocks while all connections are in use. */
interface Reads {
    <T> T read(SqlCalls.Work<Session, T> work);
}
