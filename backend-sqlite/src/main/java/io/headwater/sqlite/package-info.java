/** Event stores in a single file, by SQLite: durable, embedded, shared between the processes of one machine. */
@NullMarked
package io.headwater.sqlite;

import org.jspecify.annotations.NullMarked;
