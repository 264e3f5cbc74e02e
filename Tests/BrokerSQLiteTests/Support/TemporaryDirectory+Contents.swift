import Foundation

extension TemporaryDirectory {
    /// What is in a file.
    func content(of name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: file(name)))
    }

    /// Makes a file shorter, or longer by zeros.
    func truncate(_ name: String, to length: UInt64) throws {
        let handle = try FileHandle(forUpdating: URL(filePath: file(name)))
        try handle.truncate(atOffset: length)
        try handle.close()
    }

    /// The files of the directory that this process has open; nil where the system does not say.
    var openFiles: [String]? {
        let (manager, descriptors) = (FileManager.default, "/proc/self/fd")
        guard let names = try? manager.contentsOfDirectory(atPath: descriptors) else { return nil }
        let targets = names.compactMap { try? manager.destinationOfSymbolicLink(atPath: "\(descriptors)/\($0)") }
        return targets.filter { $0.hasPrefix(path) }
    }
}
