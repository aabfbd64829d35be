/** Reports of the TCK as files: start at {@link io.headwater.tck.report.ReportFormat}. */
@NullMarked
package io.headwater.tck.report;

import org.jspecify.annotations.NullMarked;
