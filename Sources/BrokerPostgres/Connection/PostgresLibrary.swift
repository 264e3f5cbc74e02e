#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The libraries beneath libpq.
enum PostgresLibrary {
    /// Prevents OpenSSL from cleaning up at process exit while connections of other threads still use it, which would
    /// crash. Call it before anything else uses OpenSSL; a second call does nothing.
    static func initialize() {
        #if canImport(Glibc) || canImport(Musl)
            typealias Initialize = @convention(c) (UInt64, OpaquePointer?) -> CInt
            guard let symbol = dlsym(nil, "OPENSSL_init_crypto") else { return }
            let withoutExitHandler: UInt64 = 0x0008_0000
            _ = unsafeBitCast(symbol, to: Initialize.self)(withoutExitHandler, nil)
        #endif
    }
}
