import Foundation

/// The limits of a commit, checked before a transaction begins that others may share.
extension CommitPlan {
    package static let mostOperations = 100
    /// A mebibyte, as for everything else that stores keep.
    private static let greatestSize = 1024 * 1024
    /// From OpenID Connect Core §2. An index contains the whole subject.
    private static let greatestSubject = 255
    private static let mostOwnersOfRecord = 16
    /// A store may hold a lock for each, of which a server has some thousands for all that it serves.
    private static let mostOwners = 64

    func check() throws(StoreFailure) {
        guard operations.count <= Self.mostOperations else { throw .outOfBounds("more than 100 operations") }
        var (size, credentials, signIns) = (0, 0, 0)
        for operation in operations {
            switch operation {
            case .reserve, .settle: credentials += 1
            case .append(let event): size += event.size
            case .put(let record): size += record.body.count
            case .signIn(let signIn):
                signIns += 1
                size += signIn.records.reduce(0) { $0 + $1.body.count }
                try Self.check(signIn)
            case .require, .consume, .delete, .deleteAll: continue
            }
        }
        guard size <= Self.greatestSize else { throw .outOfBounds("more than 1 MiB of bodies and events") }
        guard signIns <= 1 else { throw .outOfBounds("more than one sign-in") }
        if credentials > 1 { try checkCredentials() }
        if isAboutRecords { try checkRecords() }
    }

    private static func check(_ signIn: SignIn) throws(StoreFailure) {
        guard signIn.key.subject.utf8.count <= greatestSubject else {
            throw StoreFailure("The subject of an identity has more than 255 bytes.", mayHaveHappened: false)
        }
        var size = signIn.claims.utf8.count
        for alternate in signIn.alternateIdentifiers {
            size += alternate.type.utf8.count + (alternate.scope?.utf8.count ?? 0) + alternate.value.utf8.count
        }
        guard size <= greatestSize else {
            throw StoreFailure("An identity has more than 1 MiB.", mayHaveHappened: false)
        }
        guard signIn.records.allSatisfy({ $0.version == 1 }) else {
            throw StoreFailure(
                "A sign-in has a record in a version after 1. Put only new records with it.", mayHaveHappened: false)
        }
        guard signIn.records.allSatisfy({ $0.owners.count < mostOwnersOfRecord }) else {
            throw .outOfBounds("a record of more than 16 owners, with the account of its sign-in")
        }
    }

    private func checkCredentials() throws(StoreFailure) {
        var seen: Set<OneTimeKey> = []
        let isDistinct = operations.allSatisfy { operation in
            switch operation {
            case .reserve(let reservation), .settle(let reservation, _): seen.insert(reservation.key).inserted
            default: true
            }
        }
        guard isDistinct else { throw .outOfBounds("two operations that name one credential") }
    }

    private func checkRecords() throws(StoreFailure) {
        guard zip(named, named.dropFirst()).allSatisfy(!=) else {
            throw .outOfBounds("two operations that name one record")
        }
        let records = put(for: signIn?.newAccount)
        guard records.allSatisfy({ $0.version >= 1 }) else { throw .outOfBounds("a version before 1") }
        guard records.allSatisfy({ $0.owners.count <= Self.mostOwnersOfRecord }) else {
            throw .outOfBounds("a record of more than 16 owners")
        }
        guard Set(records.flatMap(\.owners) + owners).count <= Self.mostOwners else {
            throw .outOfBounds("more than 64 owners")
        }
        guard records.allSatisfy({ $0.expiry?.timeIntervalSinceReferenceDate.isNaN != true }) else {
            throw .outOfBounds("an expiry that is not a time")
        }
    }
}

extension StoreFailure {
    /// The failure of a commit that would delete more than ``StoreOperation/mostOwned`` records by their owners.
    package static var tooManyOwned: StoreFailure {
        .outOfBounds("more than 10,000 records to delete by their owners; delete most of them by their keys first")
    }

    fileprivate static func outOfBounds(_ what: String) -> StoreFailure {
        StoreFailure("A commit has \(what).", mayHaveHappened: false)
    }
}
