package io.kraft.cluster.replication.ratis;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

import io.kraft.cluster.replication.EntryResult;
import io.kraft.cluster.replication.GroupMachine;
import io.kraft.cluster.replication.LocalReplica.Checkpoint;
import io.kraft.cluster.replication.LogPosition;

/**
 * To be put between a log and a replica.
 */
class ForwardingMachine implements GroupMachine {

	private final GroupMachine machine;

	ForwardingMachine(GroupMachine machine) {
		this.machine = machine;
	}

	@Override
	public LogPosition applied() {
		return this.machine.applied();
	}

	@Override
	public EntryResult apply(LogPosition at, ByteBuffer entry) {
		return this.machine.apply(at, entry);
	}

	@Override
	public void pass(LogPosition at) {
		this.machine.pass(at);
	}

	@Override
	public LogPosition checkpoint() {
		return this.machine.checkpoint();
	}

	@Override
	public Optional<Checkpoint> newestCheckpoint() {
		return this.machine.newestCheckpoint();
	}

	@Override
	public Path checkpoints() {
		return this.machine.checkpoints();
	}

	@Override
	public void install() {
		this.machine.install();
	}

	@Override
	public void leaderReady(long term) {
		this.machine.leaderReady(term);
	}

	@Override
	public void leaderLost() {
		this.machine.leaderLost();
	}

	@Override
	public void failed(Throwable cause) {
		this.machine.failed(cause);
	}

	@Override
	public void close() {
		this.machine.close();
	}

}
