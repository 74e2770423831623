package io.kraft.engine.store;

import java.util.List;

/**
 * One page of rows, newest first.
 *
 * @param rows may be fewer than requested, even empty, although more follow
 * @param nextBefore the run number below which the next page begins; 0 on the last one
 */
public record RunSlice(List<RunRow> rows, long nextBefore) {
}
