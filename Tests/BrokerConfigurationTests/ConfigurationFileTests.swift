import BrokerConfiguration
import Foundation
import IdentityBroker
import Testing

@Suite("Configuration files")
struct ConfigurationFileTests {
    private func load(_ path: String) throws -> Configuration {
        try Configuration.load(
            contentsOf: path,
            providers: ProviderRegistry([RichProvider.self]),
            stores: StoreRegistry([.memory])
        )
    }

    @Test("Relative paths are resolved against the file's directory")
    func relativePaths() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = "\(directory)/broker.yaml"
        let yaml = """
            version: 1
            providers:
              p: { type: rich, network: { caFile: ca.pem }, settings: { name: n } }
            """
        #expect(FileManager.default.createFile(atPath: path, contents: Data(yaml.utf8)))
        #expect(try load(path)["p"]?.network.caFile == "\(directory)/ca.pem")
    }

    @Test(
        "An unreadable file is a problem without a position",
        arguments: [("/nonexistent/broker.yaml", "No such file or directory"), ("/", "Is a directory")]
    )
    func unreadable(path: String, reason: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try load(path) }
        #expect(error.description == "\(path): The file cannot be read: \(reason).")
        #expect(error.problems.map(\.kind) == [.unreadable])
    }

    @Test("An endless file is not read to its end")
    func endless() throws {
        let error = try #require(throws: ConfigurationError.self) { try load("/dev/zero") }
        #expect(error.description == "/dev/zero: The file is longer than 1 MiB. Is it the right one?")
    }
}
