"""Words: lemmas, stems and skeletons, one fold and one lemma for whoever asks; and languages."""
