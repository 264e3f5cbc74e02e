import JOSE

/// A public key with the one algorithm that it is for, named by its thumbprint (RFC 7638).
struct TokenVerificationKey {
    let id: String
    let algorithm: SigningAlgorithm
    let webKey: JSONWebKey
    let key: VerificationKey

    /// Takes a key of a key set, or nil where no token of the broker's is signed with it: of another algorithm or use, or under
    /// a name that is not its thumbprint.
    init?(_ webKey: JSONWebKey) {
        guard let id = webKey.id, id == webKey.thumbprint, webKey.use == "sig",
            let algorithm = webKey.algorithm.flatMap(SigningAlgorithm.init), let key = VerificationKey(webKey)
        else { return nil }
        self.id = id
        self.algorithm = algorithm
        self.webKey = webKey
        self.key = key
    }
}
