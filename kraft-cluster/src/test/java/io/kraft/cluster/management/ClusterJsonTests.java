package io.kraft.cluster.management;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.kraft.cluster.management.ClusterCommand.FormatRaised;
import io.kraft.cluster.management.ClusterCommand.Formed;
import io.kraft.cluster.management.ClusterCommand.MemberDraining;
import io.kraft.cluster.management.ClusterCommand.MemberJoined;
import io.kraft.cluster.management.ClusterCommand.MemberLeaving;
import io.kraft.cluster.management.ClusterCommand.MemberRemoved;
import io.kraft.cluster.management.ClusterCommand.MoveBegun;
import io.kraft.cluster.management.ClusterCommand.MoveDone;
import io.kraft.cluster.management.ClusterCommand.MoveFailed;
import io.kraft.cluster.management.ClusterCommand.PartitionRecovered;
import io.kraft.cluster.management.ClusterCommand.ReplicaDropped;
import io.kraft.cluster.management.ClusterCommand.VotersChanged;
import io.kraft.cluster.placement.Move;
import io.kraft.cluster.transport.RefusedFrameException;
import io.kraft.engine.testing.HostileBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.kraft.cluster.management.TableChangesTests.A;
import static io.kraft.cluster.management.TableChangesTests.B;
import static io.kraft.cluster.management.TableChangesTests.accepted;
import static io.kraft.cluster.management.TableChangesTests.member;
import static io.kraft.cluster.management.TableChangesTests.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClusterJsonTests {

	private static final FixedSettings SETTINGS = new FixedSettings(1, 3);

	private static List<ClusterCommand> commands() {
		return List.of(new Formed("c1", "kraft", 2, SETTINGS, member(A)), new MemberJoined(member(B), SETTINGS, null),
				new MemberJoined(member(B), SETTINGS, A), new MemberDraining(B, true), new MemberLeaving(B),
				new MemberRemoved(B), new MoveBegun(new Move(1, 0, null, B)), new MoveDone(1, set(A, B), 17),
				new MoveFailed(1, set(A), 17, 5), new ReplicaDropped(0, B), new PartitionRecovered(0, 1, A),
				new VotersChanged(set(A, B)), new FormatRaised(3));
	}

	private static ClusterTable table() {
		ClusterTable formed = accepted(null, commands().get(0));
		return accepted(accepted(formed, commands().get(1)), commands().get(6));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void whatIsWrittenIsRead() {
		for (ClusterCommand command : commands()) {
			assertThat(ClusterJson.decodeCommand(ClusterJson.encode(command))).isEqualTo(command);
		}
		assertThat(ClusterJson.decodeTable(ClusterJson.encode(table()))).isEqualTo(table());
	}

	@Test
	void eachCommandHasItsNameAndTheFormatStaysAsItIs() {
		assertThat(commands().stream().map(Object::getClass).distinct().count())
			.isEqualTo(ClusterCommand.class.getPermittedSubclasses().length);
		assertThat(new String(ClusterJson.encode(commands().get(2)), StandardCharsets.UTF_8)).isEqualTo(
				"{\"v\":1,\"type\":\"joined\",\"member\":{\"id\":\"b~2\",\"address\":\"b:7800\",\"zone\":\"z\",\"order\":0,"
						+ "\"minFormat\":1,\"maxFormat\":3,\"draining\":false,\"leaving\":false},"
						+ "\"settings\":{\"partitions\":1,\"replicationFactor\":3},\"replaces\":\"a~1\"}");
		assertThat(new String(ClusterJson.encode(commands().get(6)), StandardCharsets.UTF_8)).isEqualTo(
				"{\"v\":1,\"type\":\"move-begun\",\"move\":{\"number\":1,\"partition\":0,\"from\":null,\"to\":\"b~2\"}}");
		assertThat(new String(ClusterJson.encode(table()), StandardCharsets.UTF_8))
			.isEqualTo("{\"v\":1,\"type\":\"table\",\"version\":3,\"clusterId\":\"c1\",\"name\":\"kraft\",\"format\":2,"
					+ "\"settings\":{\"partitions\":1,\"replicationFactor\":3},\"members\":["
					+ "{\"id\":\"a~1\",\"address\":\"a:7800\",\"zone\":\"z\",\"order\":0,\"minFormat\":1,\"maxFormat\":3,"
					+ "\"draining\":false,\"leaving\":false},"
					+ "{\"id\":\"b~2\",\"address\":\"b:7800\",\"zone\":\"z\",\"order\":1,\"minFormat\":1,\"maxFormat\":3,"
					+ "\"draining\":false,\"leaving\":false}],"
					+ "\"partitions\":[{\"number\":0,\"generation\":1,\"replicas\":[\"a~1\"],"
					+ "\"move\":{\"number\":1,\"partition\":0,\"from\":null,\"to\":\"b~2\"},\"dropping\":[],"
					+ "\"configurationIndex\":0,\"failedMoves\":0,\"retryAt\":0}],"
					+ "\"voters\":[\"a~1\"],\"nextMove\":2,\"nextOrder\":2}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "7", "[]", "null", "{\"v\":1,\"type\":\"leaving\"}",
			"{\"v\":1,\"type\":\"leaving\",\"id\":null}", "{\"v\":1,\"type\":\"leaving\",\"id\":7}",
			"{\"v\":1,\"type\":\"leaving\",\"id\":\"b\"}", "{\"v\":1,\"type\":\"leaving\",\"id\":\"b~2\",\"more\":1}",
			"{\"v\":1,\"type\":\"leaving\",\"id\":\"b~2\",\"id\":\"b~2\"}",
			"{\"v\":1,\"type\":\"leaving\",\"id\":\"b~2\"} 1", "{\"v\":1,\"type\":\"format\",\"format\":1.5}",
			"{\"v\":1,\"type\":\"format\",\"format\":\"1\"}", "{\"v\":1,\"type\":\"format\",\"format\":99999999999}",
			"{\"v\":1,\"type\":\"draining\",\"id\":\"b~2\",\"draining\":1}",
			"{\"v\":1,\"type\":\"draining\",\"id\":\"b~2\"}",
			"{\"v\":1,\"type\":\"move-begun\",\"move\":{\"number\":1,\"partition\":0,\"from\":null,\"to\":null}}",
			"{\"v\":1,\"type\":\"voters\",\"voters\":[null]}", "{\"v\":1,\"type\":\"voters\",\"voters\":null}",
			"{\"v\":1,\"type\":\"move-begun\",\"move\":null}" })
	void whatIsNotSoundIsRefused(String json) {
		assertThatThrownBy(() -> ClusterJson.decodeCommand(bytes(json))).isInstanceOf(RefusedFrameException.class)
			.hasMessageStartingWith("KRAFT-5003");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"v\":2,\"type\":\"format\",\"format\":1}", "{\"v\":1,\"type\":\"other\"}",
			"{\"v\":1}", "{\"v\":\"1\",\"type\":\"format\",\"format\":1}", "{\"v\":1,\"type\":\"table\"}" })
	void whatIsOfAnotherVersionIsRefused(String json) {
		assertThatThrownBy(() -> ClusterJson.decodeCommand(bytes(json))).isInstanceOf(RefusedFrameException.class)
			.hasMessageStartingWith("KRAFT-5009");
	}

	@Test
	void hostileBytesAreReadOrRefused() {
		List<byte[]> sound = new ArrayList<>();
		commands().forEach((command) -> sound.add(ClusterJson.encode(command)));
		ClusterTable table = table();

		HostileBytes.tryAll(sound, 2, (bytes) -> TableChanges.apply(table, ClusterJson.decodeCommand(bytes)));
		HostileBytes.tryAll(List.of(ClusterJson.encode(table)), 4, ClusterJson::decodeTable);
	}

}
