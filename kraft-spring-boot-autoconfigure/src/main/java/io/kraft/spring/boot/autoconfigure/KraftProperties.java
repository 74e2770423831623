package io.kraft.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.replay.ReplayOnStart;
import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.run.OffThreadCalls;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStores;
import io.kraft.spring.boot.autoconfigure.property.PropertyBounds;
import io.kraft.spring.boot.autoconfigure.property.QueueProperties;
import io.kraft.spring.boot.autoconfigure.property.StepProperties;
import io.kraft.spring.boot.autoconfigure.property.WorkflowProperties;
import io.kraft.spring.boot.autoconfigure.selfinvocation.SelfInvocation;
import io.kraft.spring.boot.autoconfigure.transaction.TransactionalCalls;
import io.kraft.workflow.Exhausted;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code kraft.*}. Each record checks its bounds.
 *
 * @param enabled Whether annotated methods are durable; otherwise they are plain methods.
 * @param storage where runs are stored
 * @param engine limits of the engine
 * @param client what calls of workflows do
 * @param defaults used where an annotation leaves an attribute out
 * @param journal what is journaled
 * @param replay what a replay checks
 * @param proxy how calls of annotated methods are intercepted
 * @param metrics what is measured
 * @param logging what is logged about runs
 * @param web the web API
 * @param transactions what calls of the client do inside a transaction
 * @param steps Overrides for single steps, by name, in place of their annotation. Names
 * with dots are written in brackets.
 * @param workflows Overrides for single workflows, by name and in all versions, in place
 * of their annotation. Names with dots are written in brackets.
 * @param queues Overrides for single queues, by name, in place of their WorkQueue bean,
 * which a queue then needs no more.
 * @param retention How long finished runs are kept, unless their workflow specifies it.
 * At least 0.
 * @param shutdownGracePeriod How long a stop waits for steps that run; 0 stops
 * immediately, as a crash would.
 */
@ConfigurationProperties("kraft")
public record KraftProperties(@DefaultValue("true") boolean enabled, @DefaultValue Storage storage,
		@DefaultValue Engine engine, @DefaultValue Client client, @DefaultValue Defaults defaults,
		@DefaultValue Journal journal, @DefaultValue Replay replay, @DefaultValue Proxy proxy,
		@DefaultValue Transactions transactions, @DefaultValue Metrics metrics, @DefaultValue Logging logging,
		@DefaultValue Web web, @DefaultValue Map<String, StepProperties> steps,
		@DefaultValue Map<String, WorkflowProperties> workflows, @DefaultValue Map<String, QueueProperties> queues,
		@DefaultValue("7d") Duration retention, @DefaultValue("30s") Duration shutdownGracePeriod) {

	public KraftProperties {
		steps = Map.copyOf(steps);
		workflows = Map.copyOf(workflows);
		queues = Map.copyOf(queues);
		PropertyBounds.notNegative("kraft.retention", retention);
		PropertyBounds.atLeast(DataSize.ofBytes(RocksDbStores.minNativeMemoryBytes(engine.partitions())),
				"for kraft.engine.partitions=" + engine.partitions(), "kraft.storage.native-memory",
				storage.nativeMemory());
		PropertyBounds.notNegative("kraft.shutdown-grace-period", shutdownGracePeriod);
	}

	/**
	 * Where runs are stored.
	 *
	 * @param type Medium of the journal.
	 * @param path Directory of the journal; it is created when it does not exist. Used by
	 * one process at a time.
	 * @param sync Whether a commit is on the disk before it is acknowledged; otherwise it
	 * is in the operating system's cache, and a power failure may lose it.
	 * @param minFreeSpace Free space of the directory's disk below which the health is
	 * DOWN, before the disk is full. At least 0; 0 means that it is not checked.
	 * @param verifyOnStart Whether the whole store is checked before the engine starts,
	 * and a violated invariant refuses the start.
	 * @param nativeMemory About how much memory the journal's databases may take outside
	 * the heap, those of all partitions together. At least 32MB, and 16MB for each
	 * partition.
	 * @param backupPath Directory below which the actuator and the web API make backups;
	 * they refuse to while it is not set.
	 * @param backupTimeout How long a backup may take. At least 0.
	 * @param allowSharedDirectory Whether other users may be able to write the directory,
	 * and so to make the application do anything; otherwise one that they can write is
	 * refused, and what they can read is closed.
	 */
	public record Storage(@DefaultValue("rocksdb") Type type, @DefaultValue("./data/kraft") String path,
			@DefaultValue("true") boolean sync, @DefaultValue("256MB") DataSize minFreeSpace,
			@DefaultValue("false") boolean verifyOnStart, @DefaultValue("256MB") DataSize nativeMemory,
			@Nullable String backupPath, @DefaultValue("10m") Duration backupTimeout,
			@DefaultValue("false") boolean allowSharedDirectory) {

		public Storage {
			PropertyBounds.path("kraft.storage.path", path);
			PropertyBounds.notNegative("kraft.storage.min-free-space", minFreeSpace);
			PropertyBounds.atLeast(DataSize.ofBytes(RocksDbOptions.MIN_NATIVE_MEMORY_BYTES),
					"kraft.storage.native-memory", nativeMemory);
			if (backupPath != null) {
				PropertyBounds.path("kraft.storage.backup-path", backupPath);
			}
			PropertyBounds.notNegative("kraft.storage.backup-timeout", backupTimeout);
		}

		/**
		 * The directory. The property is bound as a text, because Spring's editor of
		 * paths prefers a folder of that name on the class path.
		 */
		public Path directory() {
			return Path.of(this.path);
		}

		/**
		 * The directory of backups; null if none is set.
		 */
		public @Nullable Path backupDirectory() {
			return (this.backupPath != null) ? Path.of(this.backupPath) : null;
		}

		/**
		 * Media of the journal.
		 */
		public enum Type {

			/** An embedded RocksDB. */
			ROCKSDB,

			/** The heap: for tests, nothing survives the process. */
			MEMORY

		}

	}

	/**
	 * Limits of the engine.
	 *
	 * @param partitions Partitions of the data, each with a journal and a thread that
	 * commits to it, so that a machine of many cores is used; fixed when the journal's
	 * directory is made. 1 to 64.
	 * @param maxConcurrentWorkflows Runs that execute concurrently; more wait on disk. At
	 * least 1.
	 * @param maxParkedWorkflows Waiting runs that are kept in memory; the others are
	 * unloaded, and replayed at their wake-up. 0 unloads at every wait.
	 * @param maxPayloadSize Largest value that is journaled. At least one byte.
	 * @param maxJournalEntries Entries of a journal at which its run is paused, with a
	 * warning at half. At least 1.
	 * @param maxLoadedJournals Memory for journals that are being loaded and replayed, of
	 * all runs together; a quarter of the heap, if it is not set. Runs wait for room, and
	 * one whose journal is larger is paused. At least one byte.
	 * @param maxInbox Messages that wait for one run, in bytes; further ones are refused.
	 * At least one byte.
	 * @param maxLoadedInboxes Memory for messages that runs have not taken, of all runs
	 * together; a sixteenth of the heap, if it is not set. The others stay on disk, and
	 * are read there when a run looks for them. At least one byte.
	 * @param maxJournalSize Bytes of a journal at which its run is paused, with a warning
	 * at half. At least one byte.
	 * @param maxTags Tags of a run; a start with more is refused. At least 1.
	 * @param maxTagsSize Bytes of the tags of a run, keys and values together; a start
	 * with more is refused. At least one byte.
	 * @param maxMessageIds Ids of signals that are remembered for one run; a signal with
	 * a further one is refused. At least 1.
	 * @param maxPublishedSize Bytes of the values that a run has published; one that
	 * publishes more is paused. At least one byte.
	 * @param maxStateSize Bytes of the state that a run has set; one that sets more is
	 * paused. At least one byte.
	 * @param offThreadCalls What happens to calls of steps, workflows and the client on a
	 * thread that the code of an executing run has started: they are not recorded, and
	 * each replay makes them again.
	 */
	public record Engine(@DefaultValue("1") int partitions, @DefaultValue("10000") int maxConcurrentWorkflows,
			@DefaultValue("10000") int maxParkedWorkflows, @DefaultValue("2MB") DataSize maxPayloadSize,
			@DefaultValue("50000") int maxJournalEntries, @Nullable DataSize maxLoadedJournals,
			@DefaultValue("16MB") DataSize maxInbox, @Nullable DataSize maxLoadedInboxes,
			@DefaultValue("256MB") DataSize maxJournalSize, @DefaultValue("64") int maxTags,
			@DefaultValue("16KB") DataSize maxTagsSize, @DefaultValue("100000") int maxMessageIds,
			@DefaultValue("16MB") DataSize maxPublishedSize, @DefaultValue("16MB") DataSize maxStateSize,
			@DefaultValue("refuse") OffThreadCalls offThreadCalls) {

		public Engine {
			PropertyBounds.within(1, RocksDbStores.MAX_PARTITIONS, "1 to " + RocksDbStores.MAX_PARTITIONS,
					"kraft.engine.partitions", partitions);
			PropertyBounds.atLeast(1, "kraft.engine.max-concurrent-workflows", maxConcurrentWorkflows);
			PropertyBounds.atLeast(0, "kraft.engine.max-parked-workflows", maxParkedWorkflows);
			PropertyBounds.atLeast(DataSize.ofBytes(1), "kraft.engine.max-payload-size", maxPayloadSize);
			PropertyBounds.atLeast(1, "kraft.engine.max-journal-entries", maxJournalEntries);
			if (maxLoadedJournals != null) {
				PropertyBounds.atLeast(DataSize.ofBytes(1), "kraft.engine.max-loaded-journals", maxLoadedJournals);
			}
			PropertyBounds.atLeast(DataSize.ofBytes(1), "kraft.engine.max-inbox", maxInbox);
			if (maxLoadedInboxes != null) {
				PropertyBounds.atLeast(DataSize.ofBytes(1), "kraft.engine.max-loaded-inboxes", maxLoadedInboxes);
			}
			PropertyBounds.atLeast(DataSize.ofBytes(1), "kraft.engine.max-journal-size", maxJournalSize);
			PropertyBounds.atLeast(1, "kraft.engine.max-tags", maxTags);
			PropertyBounds.atLeast(DataSize.ofBytes(1), "kraft.engine.max-tags-size", maxTagsSize);
			PropertyBounds.atLeast(1, "kraft.engine.max-message-ids", maxMessageIds);
			PropertyBounds.atLeast(DataSize.ofBytes(1), "kraft.engine.max-published-size", maxPublishedSize);
			PropertyBounds.atLeast(DataSize.ofBytes(1), "kraft.engine.max-state-size", maxStateSize);
		}

	}

	/**
	 * What calls of workflows do.
	 *
	 * @param callTimeout How long a direct call of a workflow waits for the end of its
	 * run, which continues without it; if it is not set, as long as the run takes. More
	 * than 0.
	 */
	public record Client(@Nullable Duration callTimeout) {

		public Client {
			if (callTimeout != null) {
				PropertyBounds.positive("kraft.client.call-timeout", callTimeout);
			}
		}

	}

	/**
	 * What calls of the client do inside a transaction.
	 *
	 * @param start Whether starts, enqueues, signals, completions and cancellations that
	 * are called inside a Spring transaction wait for its commit, are made immediately,
	 * or are refused.
	 */
	public record Transactions(@DefaultValue("on-commit") TransactionalCalls start) {
	}

	/**
	 * Defaults for what an annotation leaves out.
	 *
	 * @param step of steps
	 */
	public record Defaults(@DefaultValue Step step) {
	}

	/**
	 * Defaults of steps.
	 *
	 * @param retry how failed attempts are repeated
	 */
	public record Step(@DefaultValue Retry retry) {

		/**
		 * How failed attempts are repeated, unless a step specifies it.
		 *
		 * @param maxAttempts Attempts of a step in total, the first included. At least 1.
		 * @param initialDelay Wait before the second attempt. At least 0.
		 * @param multiplier Factor by which each wait is longer than the one before. At
		 * least 1.
		 * @param maxDelay Longest wait between two attempts. At least 0.
		 * @param jitter Share of a wait, 0 to 1, by which it is made longer or shorter at
		 * random.
		 * @param onExhausted What happens to the run when all attempts of a step are used
		 * up: the step fails, or the run is paused until it is resumed.
		 */
		public record Retry(@DefaultValue("20") int maxAttempts, @DefaultValue("100ms") Duration initialDelay,
				@DefaultValue("2") double multiplier, @DefaultValue("1m") Duration maxDelay,
				@DefaultValue("0.2") double jitter, @DefaultValue("fail") Exhausted onExhausted) {

			public Retry {
				PropertyBounds.atLeast(1, "kraft.defaults.step.retry.max-attempts", maxAttempts);
				PropertyBounds.notNegative("kraft.defaults.step.retry.initial-delay", initialDelay);
				PropertyBounds.multiplier("kraft.defaults.step.retry.multiplier", multiplier);
				PropertyBounds.notNegative("kraft.defaults.step.retry.max-delay", maxDelay);
				PropertyBounds.share("kraft.defaults.step.retry.jitter", jitter);
			}

			/**
			 * The corresponding value of the engine.
			 */
			public RetryPolicy toPolicy() {
				return new RetryPolicy(this.maxAttempts, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
						List.of(), this.onExhausted);
			}

		}

	}

	/**
	 * What is journaled.
	 *
	 * @param recordArguments Whether the arguments of steps are journaled, for people to
	 * read and for the check on replay.
	 */
	public record Journal(@DefaultValue("true") boolean recordArguments) {
	}

	/**
	 * What a replay checks.
	 *
	 * @param argumentMismatch What happens when a step's arguments differ on replay from
	 * the recorded ones.
	 * @param checkOnStart What the start does about runs that the present code would
	 * pause. It replays copies of their journals before anything else, for half a minute
	 * at most.
	 */
	public record Replay(@DefaultValue("warn") ArgumentMismatch argumentMismatch,
			@DefaultValue("off") ReplayOnStart checkOnStart) {
	}

	/**
	 * How calls of annotated methods are intercepted.
	 *
	 * @param selfInvocation What happens at the start when a call on 'this' of an
	 * annotated method cannot be journaled.
	 */
	public record Proxy(@DefaultValue("fail") SelfInvocation selfInvocation) {
	}

	/**
	 * What is measured.
	 *
	 * @param stuckAfter Time in one step, its retries included, after which a run counts
	 * as stuck in the gauge 'kraft.workflows.stuck'. At least 0.
	 */
	public record Metrics(@DefaultValue("10m") Duration stuckAfter) {

		public Metrics {
			PropertyBounds.notNegative("kraft.metrics.stuck-after", stuckAfter);
		}

	}

	/**
	 * What is logged about runs.
	 *
	 * @param skipOnReplay Names of loggers, and of those below them, whose lines are left
	 * out while the code of a workflow is replayed. Needs Logback.
	 */
	public record Logging(@DefaultValue List<String> skipOnReplay) {

		public Logging {
			skipOnReplay = List.copyOf(skipOnReplay);
		}

	}

	/**
	 * The web API.
	 *
	 * @param enabled Whether the web API is served.
	 * @param basePath Path below which it is served, within the application's context
	 * path: with /kraft it is at /kraft/api. Begins with a slash and does not end with
	 * one.
	 * @param readAuthority Authority of Spring Security required for reading.
	 * @param writeAuthority Authority of Spring Security required for changes.
	 * @param unsecuredReads Whether every caller may read where there is no Spring
	 * Security; otherwise only callers on the same machine may.
	 * @param unsecuredWrites Whether every caller may make changes where there is no
	 * Spring Security.
	 * @param showValues When arguments and results are shown, which hold the data of
	 * customers: to users with the authority to read, by default.
	 * @param allowedHosts Names of hosts, such as ops.example.com, by which requests of
	 * callers that are not authenticated may address the application, besides localhost
	 * and IP addresses; also at the actuator's endpoints of Kraft.
	 * @param allowedOrigins Origins besides the application's own, such as
	 * https://ops.example.com, whose pages in a browser may send requests; also to the
	 * actuator's endpoints of Kraft.
	 * @param maxRequestSize Largest body of a request. At least one byte.
	 * @param bodyTimeout Time within which the body of a request must have arrived. More
	 * than 0.
	 * @param maxConcurrentRequests Requests that are processed concurrently; more are
	 * refused with 503. Those of WorkflowRoutes are counted apart. At least 1.
	 * @param maxRequestsPerCaller The same for one caller: a user, or the address of a
	 * caller that is not authenticated. At least 1.
	 * @param maxStreams Event streams, WebSockets and waits for a result that are open
	 * concurrently; more are refused with 503. Those of WorkflowRoutes are counted apart.
	 * At least 1.
	 * @param maxStreamsPerCaller The same for one caller. At least 1.
	 * @param maxStreamLife Time after which a stream or a WebSocket is closed, so that
	 * its reader authenticates again. More than 0.
	 * @param maxStreamMemory Memory for what event streams and WebSockets are about to
	 * send, of all of them together; a thirty-second of the heap, if it is not set. Where
	 * it is used up, the readers that have not read for the longest time are dropped. At
	 * least one byte.
	 * @param maxScheduledRuns Runs that wait for the time of their start, at which a
	 * start with a delay is refused. At least 0.
	 * @param maxWait Longest time that a request may wait for a result. At least 0.
	 * @param keepAlive How long a stream is silent before it sends a keep-alive. More
	 * than 0.
	 * @param threads Threads that read and write the journal for the web. At least 1.
	 */
	public record Web(@DefaultValue("false") boolean enabled, @DefaultValue("/kraft") String basePath,
			@DefaultValue("KRAFT_READ") String readAuthority, @DefaultValue("KRAFT_WRITE") String writeAuthority,
			@DefaultValue("false") boolean unsecuredReads, @DefaultValue("false") boolean unsecuredWrites,
			@DefaultValue("when-authorized") ShowValues showValues, @DefaultValue List<String> allowedHosts,
			@DefaultValue List<String> allowedOrigins, @DefaultValue("3MB") DataSize maxRequestSize,
			@DefaultValue("30s") Duration bodyTimeout, @DefaultValue("200") int maxConcurrentRequests,
			@DefaultValue("100") int maxRequestsPerCaller, @DefaultValue("1000") int maxStreams,
			@DefaultValue("200") int maxStreamsPerCaller, @DefaultValue("1h") Duration maxStreamLife,
			@Nullable DataSize maxStreamMemory, @DefaultValue("100000") int maxScheduledRuns,
			@DefaultValue("60s") Duration maxWait, @DefaultValue("15s") Duration keepAlive,
			@DefaultValue("16") int threads) {

		public Web {
			PropertyBounds.urlPath("kraft.web.base-path", basePath);
			PropertyBounds.notBlank("kraft.web.read-authority", readAuthority);
			PropertyBounds.notBlank("kraft.web.write-authority", writeAuthority);
			allowedHosts = List.copyOf(allowedHosts);
			allowedHosts.forEach((host) -> PropertyBounds.hostName("kraft.web.allowed-hosts", host));
			allowedOrigins = List.copyOf(allowedOrigins);
			PropertyBounds.atLeast(DataSize.ofBytes(1), "kraft.web.max-request-size", maxRequestSize);
			PropertyBounds.positive("kraft.web.body-timeout", bodyTimeout);
			PropertyBounds.atLeast(1, "kraft.web.max-concurrent-requests", maxConcurrentRequests);
			PropertyBounds.atLeast(1, "kraft.web.max-requests-per-caller", maxRequestsPerCaller);
			PropertyBounds.atLeast(1, "kraft.web.max-streams", maxStreams);
			PropertyBounds.atLeast(1, "kraft.web.max-streams-per-caller", maxStreamsPerCaller);
			PropertyBounds.positive("kraft.web.max-stream-life", maxStreamLife);
			if (maxStreamMemory != null) {
				PropertyBounds.atLeast(DataSize.ofBytes(1), "kraft.web.max-stream-memory", maxStreamMemory);
			}
			PropertyBounds.atLeast(0, "kraft.web.max-scheduled-runs", maxScheduledRuns);
			PropertyBounds.notNegative("kraft.web.max-wait", maxWait);
			PropertyBounds.positive("kraft.web.keep-alive", keepAlive);
			PropertyBounds.atLeast(1, "kraft.web.threads", threads);
		}

		/**
		 * When values are shown, in Boot's words for the actuator; its own enumeration is
		 * absent where the actuator is.
		 */
		public enum ShowValues {

			/** Never. */
			NEVER,

			/** To users with the authority to read. */
			WHEN_AUTHORIZED,

			/** To every caller. */
			ALWAYS

		}

	}

}
