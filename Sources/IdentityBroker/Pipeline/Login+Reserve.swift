#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Logging

extension Login {
    /// Step 4: a one-time credential is reserved, durably, before anything is sent.
    mutating func reserve(_ form: CredentialForm, with provider: ResolvedProvider) async throws(BrokerError) {
        guard form.isOneTime else { return }
        let reservation = OneTimeReservation(
            key: OneTimeKey(issuer: provider.provider.issuer, credential: credential),
            login: id,
            expiry: began.addingTimeInterval(broker.retention / .seconds(1))
        )
        // A clock set ahead for a while makes no credential forgotten that was presented before.
        let (store, now) = (broker.store, broker.timekeeper.steadyTime())
        let isOurs: Bool
        do throws(StoreFailure) {
            isOurs = try await uncancelled { () async throws(StoreFailure) in
                try await store.reserve(reservation, at: now)
            }
        } catch {
            broker.logger.error("store failed to reserve", metadata: ["broker.store.message": "\(error.message)"])
            fate = error.mayHaveHappened ? .unknown : .unused
            throw BrokerError(.unavailable, "The broker's store cannot take the login now. Try again later.")
        }
        guard isOurs else {
            fate = .spent
            throw BrokerError(
                .credentialAlreadyUsed,
                "This \(credential.kind.rawValue) was presented before. Begin a new login to get another."
            )
        }
        self.reservation = reservation
    }
}
