import Foundation

/// The documents that are files.
enum Fixtures {
    private static let folder = Bundle.module.bundleURL.appending(path: "Fixtures")
    private static let suite = folder.appending(path: "json-test-suite/test_parsing")

    /// The user record of the vendor's page on the exchange of a ticket, written as JSON.
    static func documentedUserRecord() throws -> [UInt8] {
        try bytes(of: folder.appending(path: "documented-user-record.json"))
    }

    /// The names of the files of the JSON test suite whose name begins so, in order.
    static func suiteFiles(_ prefix: String) -> [String] {
        // A folder that can't be read shows as a wrong number of files, for which there is a test.
        let names = try? FileManager.default.contentsOfDirectory(atPath: suite.path(percentEncoded: false))
        return (names ?? []).filter { $0.hasPrefix(prefix) }.sorted()
    }

    static func suiteFile(_ name: String) throws -> [UInt8] {
        try bytes(of: suite.appending(path: name))
    }

    private static func bytes(of url: URL) throws -> [UInt8] {
        // `Data(contentsOf:)` leaks when a file is empty, which the leak sanitizer takes for a fault of ours.
        [UInt8](try FileHandle(forReadingFrom: url).readToEnd() ?? Data())
    }
}
