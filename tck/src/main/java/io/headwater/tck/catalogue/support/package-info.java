/** What several classes of rules use: subscriptions that note what they handle, faults, held appends, leases. No rules. */
@NullMarked
package io.headwater.tck.catalogue.support;

import org.jspecify.annotations.NullMarked;
