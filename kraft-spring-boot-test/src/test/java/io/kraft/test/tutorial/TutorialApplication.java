package io.kraft.test.tutorial;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class TutorialApplication {

}
