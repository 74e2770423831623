package io.kraft.benchmark;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * The processor time that this process has used: what it costs to execute a run, however
 * busy the machine is with other things.
 */
final class ProcessorTime {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private ProcessorTime() {
	}

	static long nanos() {
		return SYSTEM.getProcessCpuTime();
	}

}
