use super::*;

/// A manifest of two files, with an archive of them in a folder, found at these sources.
fn sample(folder: &Path, sources: Vec<Source>) -> Manifest {
    let files = [("a.lua", "return 1\n"), ("sub/b.lua", "return 2\n")];
    let mut builder = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    for (path, content) in files.iter().chain(&[("../outside", "no"), ("unlisted.lua", "no")]) {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        let name = format!("tests/{path}");
        header.as_gnu_mut().expect("it is a GNU header").name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, content.as_bytes()).expect("memory can be written to");
    }
    let archive = builder.into_inner().expect("the archive ends").finish().expect("the compression ends");
    fs::write(folder.join("tests.tar.gz"), &archive).expect("the folder can be written to");
    Manifest {
        name: "sample".to_owned(),
        sha256: archive::sum(&archive),
        folder: "tests".to_owned(),
        folders: vec!["sub/empty".to_owned()],
        sources,
        files: files.iter().map(|(path, content)| ((*path).to_owned(), archive::sum(content.as_bytes()))).collect(),
    }
}

fn address(path: &Path) -> Source {
    Source::Address { address: format!("file://{}", path.display()) }
}

fn search(given: Option<PathBuf>, cache: &Path) -> Search {
    Search { given, cache: cache.join("cache") }
}

#[test]
fn an_archive_is_fetched_once_and_then_cached() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let source = address(&folder.path().join("tests.tar.gz"));
    let nowhere = address(&folder.path().join("nowhere.tar.gz"));
    let manifest = sample(folder.path(), vec![nowhere.clone(), source.clone()]);
    let search = search(None, folder.path());
    let mut events = Vec::new();
    let suite = provide(&manifest, &search, &mut |event| events.push(event)).expect("the second source has it");
    let place = search.cache.join(&manifest.sha256);
    assert_eq!(
        events,
        [
            Event::Trying(nowhere.to_string()),
            Event::Trying(source.to_string()),
            Event::Fetched { source: source.to_string(), place: place.clone() }
        ]
    );
    assert_eq!(suite.paths().collect::<Vec<_>>(), ["a.lua", "sub/b.lua"]);
    assert_eq!(suite.content("sub/b.lua"), Some(b"return 2\n".as_slice()));
    assert!(place.join("sub/empty").is_dir() && !place.join("unlisted.lua").exists());

    events.clear();
    let cached = provide(&manifest, &search, &mut |event| events.push(event)).expect("the cache has it");
    assert!(events.is_empty() && cached.info.source.starts_with("cache"), "{events:?}");

    fs::write(place.join("a.lua"), "return 3\n").expect("the cache can be written to");
    let again = provide(&manifest, &search, &mut |event| events.push(event)).expect("it is fetched again");
    assert!(matches!(&events[0], Event::CacheDamaged(reason) if reason.starts_with("a.lua: the file is not the one")));
    assert_eq!((events.len(), again.content("a.lua")), (4, Some(b"return 1\n".as_slice())));
    assert_eq!(fs::read(place.join("a.lua")).expect("the cache has it again"), b"return 1\n");
}

#[test]
fn what_the_user_names_is_used_or_refused() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let manifest = sample(folder.path(), Vec::new());
    let archive = folder.path().join("tests.tar.gz");
    let find = |path: &Path| provide(&manifest, &search(Some(path.to_owned()), folder.path()), &mut |_| ());
    let suite = find(&archive).expect("an archive will do");
    let unpacked = folder.path().join("unpacked");
    fs::create_dir_all(unpacked.join("tests")).expect("a folder can be made");
    suite.copy_to(&unpacked.join("tests")).expect("the folder can be written to");
    find(&unpacked).expect("a folder that holds the suite's will do");
    find(&unpacked.join("tests")).expect("the suite's folder will do");

    fs::write(unpacked.join("tests/a.lua"), "return 1").expect("the folder can be written to");
    let error = find(&unpacked).expect_err("a file was changed");
    assert!(matches!(&error, SuiteError::WrongSum { path, .. } if path == "a.lua"), "{error}");
    fs::remove_file(unpacked.join("tests/a.lua")).expect("the file is there");
    let error = find(&unpacked).expect_err("a file is missing").to_string();
    assert!(error.ends_with("tests/a.lua: the file is missing from the suite"), "{error}");
    fs::write(&archive, "something else").expect("the folder can be written to");
    let error = find(&archive).expect_err("the archive is another").to_string();
    assert!(error.contains("tests.tar.gz: the file is not the one of the suite"), "{error}");
    let error = find(&folder.path().join("nowhere")).expect_err("nothing is there").to_string();
    assert!(error.contains("nowhere: cannot read the suite"), "{error}");
    assert!(!search(None, folder.path()).cache.exists(), "what the user names is not cached");
}

#[test]
fn when_no_source_has_it_the_error_lists_them_all() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let package =
        Source::Package { package: "lockstep-no-such".to_owned(), version: "0.0.1".to_owned(), path: "x".to_owned() };
    let nowhere = address(&folder.path().join("nowhere.tar.gz"));
    let other = address(&folder.path().join("other.tar.gz"));
    fs::write(folder.path().join("other.tar.gz"), "other").expect("the folder can be written to");
    let manifest = sample(folder.path(), vec![nowhere, other, package]);
    let error = provide(&manifest, &search(None, folder.path()), &mut |_| ()).expect_err("nobody has it");
    let SuiteError::NowhereFound { attempts, .. } = &error else { panic!("{error}") };
    assert_eq!(attempts.len(), 3);
    assert!(attempts[0].reason.contains("curl"), "{error}");
    assert!(attempts[1].reason.contains("the file is not the one of the suite"), "{error}");
    assert!(attempts[2].source.contains("lockstep-no-such 0.0.1") && !attempts[2].reason.is_empty(), "{error}");
    assert!(error.to_string().contains("--suite or LOCKSTEP_SUITE"), "{error}");
}
