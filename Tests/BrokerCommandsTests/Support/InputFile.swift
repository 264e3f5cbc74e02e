import Foundation

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The standard input of a process, in a file that is removed with this value.
struct InputFile: ~Copyable {
    private let path: String

    init(_ text: String) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "input-\(UUID().uuidString)").path()
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Opens the file for reading.
    func open() throws -> FileDescriptor {
        try FileDescriptor.open(FilePath(path), .readOnly)
    }
}
