// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace spanlab::host {

/// What a paper cites: the systems that ship (docs/papers.md), the statistics of the report, and the
/// standards that the checklist follows. BibTeX.
inline constexpr std::string_view kReferences = R"(@article{eberts2020spert,
  title = {Span-based Joint Entity and Relation Extraction with Transformer Pre-training},
  author = {Eberts, Markus and Ulges, Adrian},
  journal = {arXiv:1909.07755},
  year = {2020}
}
@article{xue2023spertmt,
  title = {Dealing with negative samples with multi-task learning on span-based joint entity-relation
           extraction},
  author = {Xue, Chenguang and Lu, Jiamin},
  journal = {arXiv:2309.09713},
  year = {2023}
}
@article{pham2023label,
  title = {Solving Label Variation in Scientific Information Extraction via Multi-Task Learning},
  author = {Pham, Dong and Ho, Xanh and Ha, Quang-Thuy and Aizawa, Akiko},
  journal = {arXiv:2312.15751},
  year = {2023}
}
@article{crone2020deeper,
  title = {Deeper Task-Specificity Improves Joint Entity and Relation Extraction},
  author = {Crone, Phil},
  journal = {arXiv:2002.06424},
  year = {2020}
}
@book{fisher1935design,
  title = {The Design of Experiments},
  author = {Fisher, Ronald A.},
  publisher = {Oliver and Boyd},
  year = {1935}
}
@article{holm1979simple,
  title = {A Simple Sequentially Rejective Multiple Test Procedure},
  author = {Holm, Sture},
  journal = {Scandinavian Journal of Statistics},
  volume = {6},
  number = {2},
  pages = {65--70},
  year = {1979}
}
@article{student1908probable,
  title = {The Probable Error of a Mean},
  author = {{Student}},
  journal = {Biometrika},
  volume = {6},
  number = {1},
  pages = {1--25},
  year = {1908}
}
@article{welch1947generalization,
  title = {The Generalization of `{Student's}' Problem when Several Different Population Variances are
           Involved},
  author = {Welch, Bernard L.},
  journal = {Biometrika},
  volume = {34},
  number = {1/2},
  pages = {28--35},
  year = {1947}
}
@article{nadeau2003inference,
  title = {Inference for the Generalization Error},
  author = {Nadeau, Claude and Bengio, Yoshua},
  journal = {Machine Learning},
  volume = {52},
  number = {3},
  pages = {239--281},
  year = {2003}
}
@inproceedings{dodge2019show,
  title = {Show Your Work: Improved Reporting of Experimental Results},
  author = {Dodge, Jesse and Gururangan, Suchin and Card, Dallas and Schwartz, Roy and Smith, Noah A.},
  booktitle = {Proceedings of EMNLP-IJCNLP},
  pages = {2185--2194},
  year = {2019}
}
@inproceedings{ulmer2022experimental,
  title = {Experimental Standards for Deep Learning in Natural Language Processing Research},
  author = {Ulmer, Dennis and Bassignana, Elisa and M{\"u}ller-Eberstein, Max and Varab, Daniel
            and Zhang, Mike and van der Goot, Rob and Hardmeier, Christian and Plank, Barbara},
  booktitle = {Findings of EMNLP},
  year = {2022}
}
)";

}  // namespace spanlab::host
