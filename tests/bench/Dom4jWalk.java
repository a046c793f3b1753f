// Parses each file with dom4j and walks it recursively, as its users do: a reader a document, every
// element visited. Once warm it prints which files it could read; then, for every line it is sent,
// the seconds of one pass over those: of work (collecting garbage and compiling too), and by the wall.

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dom4j.DocumentException;
import org.dom4j.Element;
import org.dom4j.io.SAXReader;

public class Dom4jWalk {
    static final int WARMING = 25;
    static final int PASSES = 4; // the clock of a process ticks in hundredths of a second
    static int found = 0;

    static int walk(Element element, String name) {
        int found = element.getName().equals(name) ? 1 : 0;
        for (Element child : element.elements()) {
            found += walk(child, name);
        }
        return found;
    }

    static void read(byte[] content) throws DocumentException {
        SAXReader reader = new SAXReader();
        found += walk(reader.read(new ByteArrayInputStream(content)).getRootElement(), "section");
    }

    public static void main(String[] words) throws Exception {
        List<byte[]> contents = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        int number = 0;
        for (String path : Files.readAllLines(Path.of(words[0]))) {
            byte[] content = Files.readAllBytes(Path.of(path));
            try {
                read(content);
                contents.add(content);
                numbers.add(String.valueOf(number));
            } catch (DocumentException refused) {
                // what it cannot read is not compared
            }
            number += 1;
        }
        for (int pass = 0; pass < WARMING; pass++) {
            for (byte[] content : contents) {
                read(content);
            }
        }
        System.out.println("[" + String.join(",", numbers) + "]");
        OperatingSystemMXBean clock =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in));
        while (asked.readLine() != null) {
            long work = clock.getProcessCpuTime();
            long wall = System.nanoTime();
            for (int pass = 0; pass < PASSES; pass++) {
                for (byte[] content : contents) {
                    read(content);
                }
            }
            work = clock.getProcessCpuTime() - work;
            wall = System.nanoTime() - wall;
            System.out.println("[" + work / 1e9 / PASSES + "," + wall / 1e9 / PASSES + "]");
        }
        System.err.println(found + " sections");
    }
}
