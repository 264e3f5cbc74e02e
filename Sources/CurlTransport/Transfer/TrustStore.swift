#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The certificate authorities of the system.
struct TrustStore: Sendable {
    /// The PEM file, or nil if none can be read.
    let caFile: String?

    /// The first readable file among those where distributions keep their authorities.
    ///
    /// libcurl's compiled-in default is not used: the library may have been built for another distribution, as when it
    /// is linked statically.
    static var ofTheSystem: TrustStore {
        let candidates = [
            "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Alpine, Arch
            "/etc/pki/tls/certs/ca-bundle.crt",  // Fedora, RHEL, Amazon Linux
            "/etc/ssl/ca-bundle.pem",  // openSUSE
            "/etc/ssl/cert.pem",  // macOS, FreeBSD
        ]
        return TrustStore(caFile: candidates.first { access($0, R_OK) == 0 })
    }
}
