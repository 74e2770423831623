package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.ConstantDynamic;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * Follows {@code this} through the code of a method and reports the calls that are made
 * on it, method references included.
 */
final class SelfInvocationVisitor extends MethodVisitor {

	private final ThisStack stack = new ThisStack();

	private final Predicate<String> isOuterThis;

	private final Found found;

	private int line;

	/**
	 * A visitor for one method.
	 * @param isThisInSlot0 whether the method is one of the object in question
	 * @param isOuterThis whether a field, by name and descriptor, holds that object
	 */
	SelfInvocationVisitor(boolean isThisInSlot0, Predicate<String> isOuterThis, Found found) {
		super(SpringAsmInfo.ASM_VERSION);
		this.isOuterThis = isOuterThis;
		this.found = found;
		this.stack.store(0, isThisInSlot0);
	}

	@Override
	public void visitLineNumber(int line, Label start) {
		this.line = line;
	}

	@Override
	public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
		this.stack.handleAt(handler);
	}

	@Override
	public void visitLabel(Label label) {
		this.stack.arriveAt(label);
	}

	@Override
	public void visitJumpInsn(int opcode, Label label) {
		switch (opcode) {
			case Opcodes.GOTO -> {
			}
			case Opcodes.IF_ICMPEQ, Opcodes.IF_ICMPNE, Opcodes.IF_ICMPLT, Opcodes.IF_ICMPGE, Opcodes.IF_ICMPGT,
					Opcodes.IF_ICMPLE, Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE ->
				this.stack.change(-2);
			default -> this.stack.change(-1);
		}
		this.stack.jumpTo(label);
		if (opcode == Opcodes.GOTO) {
			this.stack.end();
		}
	}

	@Override
	public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
		visitSwitch(otherwise, labels);
	}

	@Override
	public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
		visitSwitch(otherwise, labels);
	}

	private void visitSwitch(Label otherwise, Label[] labels) {
		this.stack.change(-1);
		this.stack.jumpTo(otherwise);
		for (Label label : labels) {
			this.stack.jumpTo(label);
		}
		this.stack.end();
	}

	@Override
	public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
		int words = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
		boolean isOnThis = opcode != Opcodes.INVOKESTATIC && this.stack.peek(words - 1);
		if (isOnThis) {
			this.found.call(name + descriptor, this.line, opcode == Opcodes.INVOKESPECIAL);
		}
		this.stack.change((opcode == Opcodes.INVOKESTATIC) ? 1 - words : -words);
		this.stack.change(Type.getReturnType(descriptor).getSize());
	}

	@Override
	public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
		int words = (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - 1;
		boolean isOnThis = words > 0 && this.stack.peek(words - 1);
		for (Object argument : arguments) {
			if (isOnThis && argument instanceof Handle reference) {
				this.found.call(reference.getName() + reference.getDesc(), this.line,
						reference.getTag() == Opcodes.H_INVOKESPECIAL);
			}
		}
		this.stack.change(-words);
		this.stack.change(Type.getReturnType(descriptor).getSize());
	}

	@Override
	public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
		int words = Type.getType(descriptor).getSize();
		switch (opcode) {
			case Opcodes.GETSTATIC -> this.stack.change(words);
			case Opcodes.PUTSTATIC -> this.stack.change(-words);
			case Opcodes.PUTFIELD -> this.stack.change(-words - 1);
			default -> {
				this.stack.change(-1);
				this.stack.change(words - 1);
				this.stack.push(this.isOuterThis.test(name + descriptor));
			}
		}
	}

	@Override
	public void visitVarInsn(int opcode, int local) {
		switch (opcode) {
			case Opcodes.ALOAD -> this.stack.push(this.stack.isThis(local));
			case Opcodes.ILOAD, Opcodes.FLOAD -> this.stack.change(1);
			case Opcodes.LLOAD, Opcodes.DLOAD -> this.stack.change(2);
			case Opcodes.ASTORE -> this.stack.store(local, this.stack.pop());
			case Opcodes.ISTORE, Opcodes.FSTORE -> this.stack.change(-1);
			default -> this.stack.change(-2);
		}
	}

	@Override
	public void visitTypeInsn(int opcode, String type) {
		switch (opcode) {
			case Opcodes.NEW -> this.stack.change(1);
			case Opcodes.CHECKCAST -> {
			}
			default -> {
				this.stack.change(-1);
				this.stack.change(1);
			}
		}
	}

	@Override
	public void visitIntInsn(int opcode, int operand) {
		this.stack.change((opcode == Opcodes.NEWARRAY) ? 0 : 1);
	}

	@Override
	public void visitLdcInsn(Object value) {
		boolean isTwoWords = value instanceof Long || value instanceof Double
				|| (value instanceof ConstantDynamic constant && constant.getSize() == 2);
		this.stack.change(isTwoWords ? 2 : 1);
	}

	@Override
	public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
		this.stack.change(1 - dimensions);
	}

	@Override
	public void visitInsn(int opcode) {
		switch (opcode) {
			case Opcodes.DUP -> this.stack.duplicate(1, 0);
			case Opcodes.DUP_X1 -> this.stack.duplicate(1, 1);
			case Opcodes.DUP_X2 -> this.stack.duplicate(1, 2);
			case Opcodes.DUP2 -> this.stack.duplicate(2, 0);
			case Opcodes.DUP2_X1 -> this.stack.duplicate(2, 1);
			case Opcodes.DUP2_X2 -> this.stack.duplicate(2, 2);
			case Opcodes.SWAP -> this.stack.swap();
			case Opcodes.IRETURN, Opcodes.LRETURN, Opcodes.FRETURN, Opcodes.DRETURN, Opcodes.ARETURN, Opcodes.RETURN,
					Opcodes.ATHROW ->
				this.stack.end();
			default -> this.stack.change(growth(opcode));
		}
	}

	/**
	 * Words by which an instruction without operand makes the stack longer. None of them
	 * leaves {@code this} where it was.
	 */
	private static int growth(int opcode) {
		return switch (opcode) {
			case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> 2;
			case Opcodes.ACONST_NULL, Opcodes.ICONST_M1, Opcodes.ICONST_0, Opcodes.ICONST_1, Opcodes.ICONST_2,
					Opcodes.ICONST_3, Opcodes.ICONST_4, Opcodes.ICONST_5, Opcodes.FCONST_0, Opcodes.FCONST_1,
					Opcodes.FCONST_2, Opcodes.I2L, Opcodes.I2D, Opcodes.F2L, Opcodes.F2D ->
				1;
			case Opcodes.IALOAD, Opcodes.FALOAD, Opcodes.AALOAD, Opcodes.BALOAD, Opcodes.CALOAD, Opcodes.SALOAD,
					Opcodes.POP, Opcodes.MONITORENTER, Opcodes.MONITOREXIT, Opcodes.IADD, Opcodes.ISUB, Opcodes.IMUL,
					Opcodes.IDIV, Opcodes.IREM, Opcodes.FADD, Opcodes.FSUB, Opcodes.FMUL, Opcodes.FDIV, Opcodes.FREM,
					Opcodes.ISHL, Opcodes.ISHR, Opcodes.IUSHR, Opcodes.LSHL, Opcodes.LSHR, Opcodes.LUSHR, Opcodes.IAND,
					Opcodes.IOR, Opcodes.IXOR, Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.L2I, Opcodes.L2F, Opcodes.D2I,
					Opcodes.D2F ->
				-1;
			case Opcodes.POP2, Opcodes.LADD, Opcodes.LSUB, Opcodes.LMUL, Opcodes.LDIV, Opcodes.LREM, Opcodes.DADD,
					Opcodes.DSUB, Opcodes.DMUL, Opcodes.DDIV, Opcodes.DREM, Opcodes.LAND, Opcodes.LOR, Opcodes.LXOR ->
				-2;
			case Opcodes.IASTORE, Opcodes.FASTORE, Opcodes.AASTORE, Opcodes.BASTORE, Opcodes.CASTORE, Opcodes.SASTORE,
					Opcodes.LCMP, Opcodes.DCMPL, Opcodes.DCMPG ->
				-3;
			case Opcodes.LASTORE, Opcodes.DASTORE -> -4;
			default -> 0;
		};
	}

	/**
	 * Receives each call on {@code this}.
	 */
	@FunctionalInterface
	interface Found {

		void call(String signature, int line, boolean isSpecial);

	}

}
