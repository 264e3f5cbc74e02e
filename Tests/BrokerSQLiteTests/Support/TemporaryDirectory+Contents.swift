import Foundation

extension TemporaryDirectory {
    /// The content of a file.
    func content(of name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: file(name)))
    }

    /// Truncates a file, or extends it with zeros.
    func truncate(_ name: String, to length: UInt64) throws {
        let handle = try FileHandle(forUpdating: URL(filePath: file(name)))
        try handle.truncate(atOffset: length)
        try handle.close()
    }

    /// The files of the directory that this process has open; nil if the system does not report them.
    var openFiles: [String]? {
        let (manager, descriptors) = (FileManager.default, "/proc/self/fd")
        guard let names = try? manager.contentsOfDirectory(atPath: descriptors) else { return nil }
        let targets = names.compactMap { try? manager.destinationOfSymbolicLink(atPath: "\(descriptors)/\($0)") }
        return targets.filter { $0.hasPrefix(path) }
    }
}
