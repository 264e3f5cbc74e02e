import IdentityBroker

extension StoreCommand {
    static var keyRing: StoreCommand { StoreCommand(.keyRing, []) }

    /// Changes one row if the stored version is the previous one, otherwise none.
    static func replaceKeyRing(with keyRing: SealedKeyRing) -> StoreCommand {
        StoreCommand(keyRing.version == 1 ? .makeKeyRing : .replaceKeyRing, [keyRing.version, keyRing.sealed])
    }
}
