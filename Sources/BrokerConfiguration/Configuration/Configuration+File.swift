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
    /// Reads the configuration in a file. Relative paths in it count from the file's directory.
    ///
    /// - Throws: ``ConfigurationError``, also where the file cannot be read.
    public static func load(
        contentsOf path: String,
        providers: ProviderRegistry,
        stores: StoreRegistry
    ) throws(ConfigurationError) -> Configuration {
        let bytes: [UInt8]
        do {
            let reader = try FileDescriptorReader(path: path)
            bytes = try reader.read(atMost: SourceText.maximumBytes + 1)
        } catch {
            let message = "The file cannot be read: \(String(cString: strerror(error.number)))."
            throw ConfigurationError(SourceFault(.unreadable, at: nil, message), in: path)
        }
        return try Configuration(
            yaml: bytes,
            file: path,
            baseDirectory: directory(of: path),
            providers: providers,
            stores: stores
        )
    }

    private static func directory(of path: String) -> String {
        let working = FileManager.default.currentDirectoryPath
        let absolute = path.hasPrefix("/") ? path : "\(working)/\(path)"
        return absolute.lastIndex(of: "/").map { String(absolute[..<$0]) } ?? working
    }
}
