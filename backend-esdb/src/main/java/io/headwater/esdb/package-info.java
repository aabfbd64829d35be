/** Event stores on servers of EventStoreDB and KurrentDB. */
@NullMarked
package io.headwater.esdb;

import org.jspecify.annotations.NullMarked;
