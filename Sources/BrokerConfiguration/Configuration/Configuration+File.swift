#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
public import IdentityBroker

extension Configuration {
    /// Reads the configuration in a file. Relative paths are resolved against the file's directory.
    ///
    /// - Throws: ``ConfigurationError``, also if the file cannot be read.
    public static func load(
        contentsOf path: String,
        providers: ProviderRegistry,
        stores: StoreRegistry
    ) throws(ConfigurationError) -> Configuration {
        try Configuration(read(path), from: path, providers: providers, stores: stores)
    }

    /// The bytes of a file, or at most one more than a configuration may have.
    static func read(_ path: String) throws(ConfigurationError) -> [UInt8] {
        do {
            let reader = try FileDescriptorReader(path: path)
            return try reader.read(atMost: SourceText.maximumBytes + 1)
        } catch {
            let message = "The file cannot be read: \(String(cString: strerror(error.number)))."
            throw ConfigurationError(SourceFault(.unreadable, at: nil, message), in: path)
        }
    }

    /// Reads the configuration in the bytes of a file.
    init(
        _ bytes: [UInt8],
        from path: String,
        providers: ProviderRegistry,
        stores: StoreRegistry
    ) throws(ConfigurationError) {
        try self.init(
            yaml: bytes,
            file: path,
            baseDirectory: Self.directory(of: path),
            providers: providers,
            stores: stores
        )
        file = ConfigurationFile(path, providers: providers, stores: stores)
    }

    static func directory(of path: String) -> String {
        let working = FileManager.default.currentDirectoryPath
        let absolute = path.hasPrefix("/") ? path : "\(working)/\(path)"
        return absolute.lastIndex(of: "/").map { String(absolute[..<$0]) } ?? working
    }
}
