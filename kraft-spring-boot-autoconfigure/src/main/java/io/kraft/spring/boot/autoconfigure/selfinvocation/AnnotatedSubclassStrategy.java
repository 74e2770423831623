package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.AnnotationVisitor;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.cglib.core.ClassGenerator;
import org.springframework.cglib.core.ClassLoaderAwareGeneratorStrategy;

/**
 * Gives a generated subclass the annotations of the user's class, so that aspects which
 * look for one on the object's class ({@code @within(Service)}) still find it.
 */
final class AnnotatedSubclassStrategy extends ClassLoaderAwareGeneratorStrategy {

	private final Class<?> userClass;

	AnnotatedSubclassStrategy(Class<?> userClass) {
		super(userClass.getClassLoader());
		this.userClass = userClass;
	}

	@Override
	protected ClassGenerator transform(ClassGenerator generator) {
		return (target) -> generator.generateClass(new ClassVisitor(SpringAsmInfo.ASM_VERSION, target) {

			@Override
			public void visit(int version, int access, String name, @Nullable String signature,
					@Nullable String superName, String @Nullable [] interfaces) {
				super.visit(version, access, name, signature, superName, interfaces);
				copyAnnotations(this);
			}

		});
	}

	private void copyAnnotations(ClassVisitor target) {
		try (InputStream bytes = ClassFiles.open(this.userClass)) {
			if (bytes != null) {
				new ClassReader(bytes).accept(new AnnotationCopy(target),
						ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Copies what is visible at run time, but not Kotlin's description of its class.
	 */
	private static final class AnnotationCopy extends ClassVisitor {

		private final ClassVisitor target;

		AnnotationCopy(ClassVisitor target) {
			super(SpringAsmInfo.ASM_VERSION);
			this.target = target;
		}

		@Override
		public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
			return (visible && !descriptor.equals("Lkotlin/Metadata;")) ? this.target.visitAnnotation(descriptor, true)
					: null;
		}

	}

}
