import CLibpq

/// Receives a server's notices, which libpq would otherwise print, and remembers the one that matters.
///
/// If the wait of a commit for its synchronous standby is canceled (`pg_cancel_backend`), the commit succeeds with a
/// warning (PostgreSQL, "Synchronous Replication"): a failover would lose it.
final class ServerNotices {
    /// Whether a commit did not wait for its standby.
    private(set) var areOfCanceledWait = false

    /// Receives the notices of a connection, which must end before this does.
    func receive(on connection: OpaquePointer) {
        let receiver: PQnoticeReceiver = { receiver, result in
            // The warning has no code of its own, and its text is translated. The name of the server's function is neither.
            guard let receiver, let name = PQresultErrorField(result, CInt(UnicodeScalar("R").value)),
                String(cString: name) == "SyncRepWaitForLSN"
            else { return }
            Unmanaged<ServerNotices>.fromOpaque(receiver).takeUnretainedValue().areOfCanceledWait = true
        }
        PQsetNoticeReceiver(connection, receiver, Unmanaged.passUnretained(self).toOpaque())
    }

    func forget() {
        areOfCanceledWait = false
    }
}
