import Foundation

extension Configuration {
    /// The name of the file without its directory.
    public var fileName: String {
        let file = store.source.file
        return file.lastIndex(of: "/").map { String(file[file.index(after: $0)...]) } ?? file
    }

    /// The directory in which a program with this configuration keeps its state: that of the store's file, or else that
    /// of the configuration.
    public var stateDirectory: String {
        Self.directory(of: store.filePath ?? store.source.file)
    }
}
