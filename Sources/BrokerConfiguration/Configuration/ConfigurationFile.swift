import Foundation
public import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A configuration file, and the types and kinds that it may name.
public struct ConfigurationFile: Sendable {
    /// The file's path.
    public let path: String
    /// The provider types that it may name.
    public let providers: ProviderRegistry
    /// The kinds of store that it may name. The first one registered is the default.
    public let stores: StoreRegistry

    /// Names a file without reading it.
    public init(_ path: String, providers: ProviderRegistry, stores: StoreRegistry) {
        self.path = path
        self.providers = providers
        self.stores = stores
    }

    /// Reads the current file.
    ///
    /// - Throws: As ``Configuration/load(contentsOf:providers:stores:)`` does.
    public func load() throws(ConfigurationError) -> Configuration {
        try Configuration(read(), from: self)
    }
}

extension Configuration {
    /// Reads the configuration in a file. Relative paths are resolved against the file's directory.
    ///
    /// - Throws: ``ConfigurationError``, also if the file cannot be read.
    public static func load(
        contentsOf path: String,
        providers: ProviderRegistry,
        stores: StoreRegistry
    ) throws(ConfigurationError) -> Configuration {
        try ConfigurationFile(path, providers: providers, stores: stores).load()
    }

    /// Reads the configuration in the bytes of a file.
    init(_ bytes: [UInt8], from file: ConfigurationFile) throws(ConfigurationError) {
        try self.init(
            yaml: bytes,
            file: file.path,
            baseDirectory: Self.directory(of: file.path),
            providers: file.providers,
            stores: file.stores
        )
        self.file = file
    }

    static func directory(of path: String) -> String {
        let working = FileManager.default.currentDirectoryPath
        let absolute = path.hasPrefix("/") ? path : "\(working)/\(path)"
        return absolute.lastIndex(of: "/").map { String(absolute[..<$0]) } ?? working
    }
}

extension ConfigurationFile {
    /// The bytes of a file, or at most one more than a configuration may have.
    func read() throws(ConfigurationError) -> [UInt8] {
        do {
            return try SourceText.bytes(ofFileAt: path)
        } catch {
            throw ConfigurationError(error, in: path)
        }
    }
}

extension SourceText {
    /// How long the program at the other end of a pipe may take to write its text: it may decrypt it first.
    private static let patience = Duration.seconds(10)

    /// The bytes of a file, or at most one more than it may have.
    ///
    /// - Parameter name: What a fault calls the file.
    static func bytes(ofFileAt path: String, named name: String = "The file") throws(SourceFault) -> [UInt8] {
        do {
            let reader = try FileDescriptorReader(path: path)
            return try reader.read(atMost: maximumBytes + 1, within: patience)
        } catch {
            let message =
                error.number == EAGAIN
                ? "The program at the other end of this pipe did not write and close it within 10 seconds."
                : "\(name) cannot be read: \(String(cString: strerror(error.number)))."
            throw SourceFault(.unreadable, at: nil, message)
        }
    }
}
