/** Broken networks, for the tests of backends that talk to a server. */
@NullMarked
package io.headwater.tck.net;

import org.jspecify.annotations.NullMarked;
