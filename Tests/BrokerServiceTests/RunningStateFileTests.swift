import Foundation
import Testing

@testable import BrokerService

@Suite("The file in which a service describes what it runs", .timeLimit(.minutes(1)))
struct RunningStateFileTests {
    @Test("is not a pipe, for which neither the service nor a command waits")
    func pipe() throws {
        let folder = try ServiceFolder()
        let path = "\(folder.path)/broker.yaml.running"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(RunningStateFile(path: path) == nil)
        #expect(RunningStateFile.read(path) == nil)
    }
}
