#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The environment variables by which other programs find a proxy. The transport ignores them, and says so if that may
/// be why it cannot connect.
struct ProxyEnvironment: Sendable {
    private let value: @Sendable (String) -> String?

    init(value: @escaping @Sendable (String) -> String?) {
        self.value = value
    }

    /// The environment of this process.
    static let process = ProxyEnvironment { name in getenv(name).map { String(cString: $0) } }

    /// The first variable that names a proxy for this kind of request; nil if there is none.
    func ignoredVariable(isSecure: Bool) -> String? {
        let scheme = isSecure ? ["HTTPS_PROXY", "https_proxy"] : ["HTTP_PROXY", "http_proxy"]
        return (scheme + ["ALL_PROXY", "all_proxy"]).first { value($0)?.isEmpty == false }
    }
}
