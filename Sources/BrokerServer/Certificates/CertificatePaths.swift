/// Where a certificate and its key are.
struct CertificatePaths: Sendable, Equatable {
    let certificate: String
    let key: String
}
