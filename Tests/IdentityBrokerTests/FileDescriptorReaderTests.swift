import Foundation
import IdentityBroker
import Testing

@Suite("A reader of files", .timeLimit(.minutes(5)))
struct FileDescriptorReaderTests {
    /// Runs the body with the path of a new pipe.
    private func withPipe(_ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + UUID().uuidString
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        try body(path)
    }

    @Test("waits for the program at the other end of a pipe")
    func slowWriter() throws {
        try withPipe { path in
            let reader = try FileDescriptorReader(path: path)
            let done = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                // It waits for the reader, and writes in two parts.
                let descriptor = open(path, O_WRONLY)
                for part in ["version", ": 1"] {
                    _ = write(descriptor, part, part.utf8.count)
                    // The second part comes when the reader has nothing left.
                    var rest: CInt = 1
                    while rest > 0 { _ = ioctl(descriptor, UInt(FIONREAD), &rest) }
                }
                close(descriptor)
                done.signal()
            }
            #expect(try reader.read(atMost: 100, within: .seconds(120)) == Array("version: 1".utf8))
            done.wait()
        }
    }

    @Test("gives up a pipe that no one closes")
    func openWriter() throws {
        try withPipe { path in
            let reader = try FileDescriptorReader(path: path)
            let descriptor = open(path, O_WRONLY)
            defer { close(descriptor) }
            _ = write(descriptor, "a", 1)
            #expect { _ = try reader.read(atMost: 100, within: .milliseconds(1)) } throws: { error in
                (error as? FileDescriptorReader.Failure)?.number == EAGAIN
            }
        }
    }

    @Test("gives up a pipe that no program opens")
    func noWriter() throws {
        try withPipe { path in
            let reader = try FileDescriptorReader(path: path)
            #expect { _ = try reader.read(atMost: 100, within: .milliseconds(1)) } throws: { error in
                (error as? FileDescriptorReader.Failure)?.number == EAGAIN
            }
        }
    }

    @Test("takes what a pipe has, if it is not to wait")
    func impatient() throws {
        try withPipe { path in
            let bytes = try FileDescriptorReader(path: path).read(atMost: 100)
            #expect(bytes.isEmpty)
        }
    }
}
