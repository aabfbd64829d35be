/**
 * Code that the backends over JDBC share: it runs statements and maps their rows. Each backend writes its own SQL. For these
 * backends only; it may change with any version.
 */
@NullMarked
package io.headwater.jdbc;

import org.jspecify.annotations.NullMarked;
